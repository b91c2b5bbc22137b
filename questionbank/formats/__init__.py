"""Files to questions, one module per format; no Django."""
