"""Notebooks as files of version 4: the learner's code in one cell, checks in the others."""

import json
from pathlib import Path
from typing import Any

Cell = dict[str, Any]


def code_cell(number: int, source: str, metadata: dict[str, Any] | None = None) -> Cell:
    return {
        "cell_type": "code",
        "id": f"cell-{number}",
        "metadata": metadata or {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def write_notebook(file: Path, cells: list[Cell]) -> None:
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": cells,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(notebook), encoding="utf-8")
