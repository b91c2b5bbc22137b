"""Small sound questions of every type."""

from dataclasses import replace
from typing import Any

from questionbank.definition import (
    OptionDefinition,
    OptionText,
    QuestionDefinition,
    QuestionText,
    ToleranceDefinition,
)
from questionbank.items import Item, ParseProblem, Response, bind
from questionbank.marked import (
    CodeDefinition,
    CriterionDefinition,
    CriterionText,
    LevelDefinition,
    WordLimits,
)
from questionbank.typed import (
    AnswerDefinition,
    DigitsDefinition,
    GapDefinition,
    GapText,
    ProgramDefinition,
    TextRules,
    UnitsDefinition,
)
from questionbank.variant import Variant

LANGUAGES = ("en", "pt-br")


def _question(type: str, texts: dict[str, QuestionText], **fields: Any) -> QuestionDefinition:
    return QuestionDefinition(
        id=f"a-{type.replace('_', '-')}",
        topic="quantization",
        type=type,
        level="apply",
        source="Han et al. 2016",
        objective={"en": "Compute a scale.", "pt-br": "Calcular uma escala."},
        convention={"en": "none", "pt-br": "nenhuma"},
        texts=texts,
        **fields,
    )


def single_choice(**changes: Any) -> QuestionDefinition:
    options = {
        "steps": ("$[[option.steps|4]]$", "Right: 255 steps."),
        "levels": ("$[[option.levels|4]]$", "Levels counted."),
        "none": ("None of these", "One of them is right."),
    }
    pt = {
        "steps": ("$[[option.steps|4]]$", "Certo: 255 passos."),
        "levels": ("$[[option.levels|4]]$", "Níveis contados."),
        "none": ("Nenhuma destas", "Uma delas está certa."),
    }
    question = _question(
        "single_choice",
        {
            "en": QuestionText(
                "What is the scale between $[[lo]]$ and $[[hi]]$?", "Divide by 255.", _option_texts(options)
            ),
            "pt-br": QuestionText(
                "Qual é a escala entre $[[lo]]$ e $[[hi]]$?", "Divida por 255.", _option_texts(pt)
            ),
        },
        options=(
            OptionDefinition("steps", correct=True),
            OptionDefinition("levels"),
            OptionDefinition("none", pinned_last=True),
        ),
        generator="affine_scale",
    )
    return replace(question, **changes)


SCALE_VARIANT = Variant(
    params={"lo": -50, "hi": 150.5}, options={"steps": 200.5 / 255, "levels": 200.5 / 256}
)


def multiple_choice(keys: int = 2, wrong: int = 3, **changes: Any) -> QuestionDefinition:
    names = [f"key{i}" for i in range(keys)] + [f"wrong{i}" for i in range(wrong)]
    texts = {
        language: QuestionText(
            "Which?", "Because.", {name: OptionText(f"{language} {name}", f"About {name}.") for name in names}
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name, correct=name.startswith("key")) for name in names)
    return replace(_question("multiple_choice", texts, options=options, scoring="net_correct"), **changes)


def numeric(**changes: Any) -> QuestionDefinition:
    texts = {
        "en": QuestionText(
            "What is the ratio?", "256/72 is [[key|2]].", slips={"no_codebook": "You left the codebook out."}
        ),
        "pt-br": QuestionText(
            "Qual é a razão?", "256/72 é [[key|2]].", slips={"no_codebook": "Você esqueceu o codebook."}
        ),
    }
    fields: dict[str, Any] = {
        "tolerance": ToleranceDefinition("absolute", 0.01),
        "slips": {"no_codebook": None},
        "unit": "bit",
        "generator": "sharing_ratio",
    }
    return _question("numeric", texts, **(fields | changes))


def true_false(true: int = 2, false: int = 2, **changes: Any) -> QuestionDefinition:
    names = [f"right{i}" for i in range(true)] + [f"wrong{i}" for i in range(false)]
    texts = {
        language: QuestionText(
            "True or false?",
            "Because.",
            {name: OptionText(f"{language} says {name}", f"About {name}.") for name in names},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name, correct=name.startswith("right")) for name in names)
    return replace(_question("true_false", texts, options=options, scoring="every_decision"), **changes)


def matching(**changes: Any) -> QuestionDefinition:
    pairs = {"pruning": "zeros", "sharing": "codebook", "coding": "lengths"}
    choices = (*pairs.values(), "teacher")
    texts = {
        language: QuestionText(
            "What belongs to what?",
            "Because.",
            {row: OptionText(f"{language} says {row}", f"About {row}.") for row in pairs},
            choices={choice: f"{language} tells $n$ {choice}" for choice in choices},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(row, match=choice) for row, choice in pairs.items())
    return replace(_question("matching", texts, options=options, choices=choices), **changes)


def ordering(steps: int = 4, **changes: Any) -> QuestionDefinition:
    names = [f"step{i}" for i in range(steps)]
    texts = {
        language: QuestionText(
            "In which order?",
            "Because.",
            {name: OptionText(f"{language} does {name}", f"About {name}.") for name in names},
        )
        for language in LANGUAGES
    }
    options = tuple(OptionDefinition(name) for name in names)
    return replace(_question("ordering", texts, options=options), **changes)


def free_text(**changes: Any) -> QuestionDefinition:
    levels = (LevelDefinition("missing", 0), LevelDefinition("partly", 1), LevelDefinition("complete", 3))
    rubric = (CriterionDefinition("cause", levels), CriterionDefinition("remedy", levels[:2]))
    texts = {
        language: QuestionText(
            f"{language}: why?",
            f"{language}: because of this.",
            rubric={
                each.id: CriterionText(
                    f"{language} on the {each.id}",
                    {level.id: f"{language}: {each.id} {level.id}" for level in each.levels},
                )
                for each in rubric
            },
            model_answer=f"{language}: since the weights are small.",
        )
        for language in LANGUAGES
    }
    return replace(_question("free_text", texts, rubric=rubric, words=WordLimits(5, 50)), **changes)


def code(**changes: Any) -> QuestionDefinition:
    texts = {
        language: QuestionText(f"{language}: count bits.", f"{language}: rounded up.")
        for language in LANGUAGES
    }
    asked = CodeDefinition(
        exercise="sparsity-and-size",
        starter="def position_bits(n):\n    raise NotImplementedError\n",
        solution="def position_bits(n):\n    return (n - 1).bit_length()\n",
        checks=("positions_take_whole_bits",),
    )
    return replace(_question("code", texts, code=asked), **changes)


RATIO_VARIANT = Variant(key=256 / 72, slips={"no_codebook": 4.0})


def short_answer(**changes: Any) -> QuestionDefinition:
    words = {
        "en": {
            "sharing": ("weight sharing", "sharing"),
            "clusters": ("clustering",),
            "pruning": ("pruning",),
        },
        "pt-br": {
            "sharing": ("compartilhamento de pesos",),
            "clusters": ("agrupamento",),
            "pruning": ("poda", "podar"),
        },
    }
    texts = {
        language: QuestionText(
            f"{language}: what gives many weights one value?",
            f"{language}: a codebook.",
            slips={
                "pruning": f"{language}: that makes zeros.",
                "clusters": f"{language}: only a part of it.",
            },
            answers=answers,
        )
        for language, answers in words.items()
    }
    fields: dict[str, Any] = {
        "answers": (AnswerDefinition("sharing"), AnswerDefinition("clusters", 0.5)),
        "slips": {"pruning": None},
        "text_rules": TextRules(typos=1),
    }
    return _question("short_answer", texts, **(fields | changes))


def gaps(**changes: Any) -> QuestionDefinition:
    def text(language: str, method: str, before: str, after: str) -> QuestionText:
        return QuestionText(
            f"{language}: first [[gap.method]], with [[n]] weights, then [[gap.bits]] bits\n\n"
            "| a | b |\n|---|---|\n| 1 | [[gap.order]] |\n\n```python\nbits = [[gap.rest]]\n```",
            f"{language}: because.",
            gaps={
                "method": GapText(f"{language} about the method", answers=(method,)),
                "bits": GapText(f"{language} about the bits"),
                "order": GapText(f"{language} about the order", choices={"early": before, "late": after}),
                "rest": GapText(f"{language} about the rest"),
            },
        )

    fields: dict[str, Any] = {
        "gaps": (
            GapDefinition("method", "text"),
            GapDefinition("rest", "number", key=2.5, tolerance=ToleranceDefinition("absolute", 0.25)),
            GapDefinition("bits", "number", unit="bit"),
            GapDefinition("order", "choice", choices=("early", "late"), right="late"),
        ),
        "scoring": "every_decision",
        "generator": "bits_of_indices",
    }
    texts = {"en": text("en", "pruning", "before", "after"), "pt-br": text("pt", "poda", "antes", "depois")}
    return _question("gaps", texts, **(fields | changes))


GAPS_VARIANT = Variant(params={"n": 12}, options={"bits": 4})


def code_reading(**changes: Any) -> QuestionDefinition:
    texts = {
        language: QuestionText(f"{language}: what is printed?", f"{language}: two lines.")
        for language in LANGUAGES
    }
    fields: dict[str, Any] = {
        "program": ProgramDefinition('for bits in ([[low]], 8):\n    print(f"{2**bits:>4} ")'),
        "scoring": "lines",
        "generator": "levels",
    }
    return _question("code_reading", texts, **(fields | changes))


CODE_VARIANT = Variant(params={"low": 4}, options={"output": "  16\n 256"})


def _option_texts(options: dict[str, tuple[str, str]]) -> dict[str, OptionText]:
    return {name: OptionText(*texts) for name, texts in options.items()}


def sample_items() -> list[Item]:
    from tests.questionbank import picture_samples  # which builds on this module

    return [
        bind(single_choice(), SCALE_VARIANT, "salt"),
        bind(multiple_choice(), Variant(), "salt"),
        bind(numeric(), RATIO_VARIANT, "salt"),
        bind(true_false(), Variant(), "salt"),
        bind(matching(), Variant(), "salt"),
        bind(ordering(), Variant(), "salt"),
        bind(free_text(), Variant(), "salt"),
        bind(code(), Variant(), "salt"),
        bind(short_answer(), Variant(), "salt"),
        bind(gaps(), GAPS_VARIANT, "salt"),
        bind(code_reading(), CODE_VARIANT, "salt"),
        bind(picture_samples.hotspot(), picture_samples.HOTSPOT_VARIANT, "salt"),
        bind(numeric(units=UnitsDefinition({"B": 8, "kB": 8000}, required=True)), RATIO_VARIANT, "salt"),
        bind(numeric(digits=DigitsDefinition(3, 5)), RATIO_VARIANT, "salt"),
    ]


def read_answer(item: Item, typed: str, *, language: str = "en") -> Response | None:
    """The response to what was typed, where it can be read."""
    response = item.parse({"answer": typed}, language=language)
    assert not isinstance(response, ParseProblem), response
    return response


#: A file with one sound question of every type.
FILE = """\
topic: quantization
questions:
  - id: what-pruning-removes
    type: single_choice
    level: recall
    source: "Han et al. 2015, section 3"
    objective: {en: Say what pruning removes., pt-br: Dizer o que a poda remove.}
    convention: {en: none, pt-br: nenhuma}
    options:
      - {id: weights, correct: true}
      - {id: pixels}
      - {id: none_of_these, pin: last}
    texts:
      en:
        stem: What does pruning remove?
        options:
          weights: {text: Weights, explanation: "Yes: the small ones."}
          pixels: {text: Many pixels of the input, explanation: "No: that is scaling."}
          none_of_these: {text: None of these, explanation: "No: one is right."}
        explanation: Pruning sets 90 of 100 weights to zero, or $0.9 n$.
      pt-br:
        stem: O que a poda remove?
        options:
          weights: {text: Pesos, explanation: "Sim: os pequenos."}
          pixels: {text: Muitos pixels da entrada, explanation: "Não: isso é redimensionar."}
          none_of_these: {text: Nenhuma destas, explanation: "Não: uma está certa."}
        explanation: A poda zera 90 de 100 pesos, ou $0{,}9 n$.
  - id: what-codebooks-hold
    type: multiple_choice
    level: analyse
    source: "Han et al. 2016, section 3"
    objective: {en: Name the parts., pt-br: Nomear as partes.}
    convention: {en: none, pt-br: nenhuma}
    scoring: every_decision
    options:
      - {id: centroids, correct: true}
      - {id: values, correct: true}
      - {id: gradients}
    texts:
      en:
        stem: What does a codebook hold?
        options:
          centroids: {text: Centroids, explanation: "Yes."}
          values: {text: Shared values, explanation: "Yes."}
          gradients: {text: Gradients, explanation: "No."}
        explanation: Centroids.
      pt-br:
        stem: O que um codebook guarda?
        options:
          centroids: {text: Centroides, explanation: "Sim."}
          values: {text: Valores compartilhados, explanation: "Sim."}
          gradients: {text: Gradientes, explanation: "Não."}
        explanation: Centroides.
  - id: ratio-of-sharing
    type: numeric
    level: apply
    source: "Han et al. 2016, section 3"
    objective: {en: Compute a ratio., pt-br: Calcular uma razão.}
    convention: {en: "Original over compressed.", pt-br: "Original sobre comprimido."}
    key: {value: 3.5556, tolerance: {kind: absolute, value: 0.01}}
    slips: {no_codebook: 32}
    texts:
      en:
        stem: What is the ratio?
        slips: {no_codebook: You left the codebook out.}
        explanation: 256 over 72.
      pt-br:
        stem: Qual é a razão?
        slips: {no_codebook: Você esqueceu o codebook.}
        explanation: 256 sobre 72.
  - id: what-a-mask-does
    type: true_false
    level: recall
    source: "Han et al. 2015, section 3"
    objective: {en: Say what a mask does., pt-br: Dizer o que uma máscara faz.}
    convention: {en: none, pt-br: nenhuma}
    scoring: net_correct
    options:
      - {id: zeros, correct: true}
      - {id: shrinks}
      - {id: stays, correct: true}
    texts:
      en:
        stem: Which statements about a mask are true?
        options:
          zeros: {text: It sets weights to zero., explanation: "Yes."}
          shrinks: {text: It makes a dense matrix smaller., explanation: "No."}
          stays: {text: It stays while one retrains., explanation: "Yes."}
        explanation: A mask is multiplied with the weights.
      pt-br:
        stem: Que afirmações sobre uma máscara são verdadeiras?
        options:
          zeros: {text: Ela zera pesos., explanation: "Sim."}
          shrinks: {text: Ela diminui uma matriz densa., explanation: "Não."}
          stays: {text: Ela permanece durante o retreinamento., explanation: "Sim."}
        explanation: Uma máscara é multiplicada pelos pesos.
  - id: what-each-stage-stores
    type: matching
    level: recall
    source: "Han et al. 2016, section 2"
    objective: {en: Name what a stage stores., pt-br: Dizer o que cada etapa guarda.}
    convention: {en: none, pt-br: nenhuma}
    options:
      - {id: gap_stage, match: gaps}
      - {id: share_stage, match: table}
      - {id: code_stage, match: lengths}
    choices: [gaps, table, lengths, logits]
    texts:
      en:
        stem: What does each stage store?
        options:
          gap_stage: {text: Sparse matrix, explanation: "Distances of entries."}
          share_stage: {text: Weight sharing, explanation: "The shared values."}
          code_stage: {text: Huffman coding, explanation: "Lengths of the codewords."}
        choices:
          gaps: Distances between entries
          table: A codebook
          lengths: Code lengths
          logits: Logits of a teacher
        explanation: Each stage stores what the decoder needs.
      pt-br:
        stem: O que cada etapa guarda?
        options:
          gap_stage: {text: Matriz esparsa, explanation: "Distâncias entre as entradas."}
          share_stage: {text: Compartilhamento de pesos, explanation: "Os valores compartilhados."}
          code_stage: {text: Codificação de Huffman, explanation: "Os comprimentos das palavras de código."}
        choices:
          gaps: Distâncias entre entradas
          table: Um dicionário de códigos
          lengths: Comprimentos dos códigos
          logits: Logits de um professor
        explanation: Cada etapa guarda o que o decodificador precisa.
  - id: order-of-retraining
    type: ordering
    level: recall
    source: "Han et al. 2015, section 3"
    objective: {en: Order the steps., pt-br: Ordenar os passos.}
    convention: {en: none, pt-br: nenhuma}
    options:
      - {id: trained}
      - {id: masked}
      - {id: tuned}
    texts:
      en:
        stem: In which order?
        options:
          trained: {text: Train, explanation: "First."}
          masked: {text: Remove, explanation: "Then."}
          tuned: {text: Train again, explanation: "Last."}
        explanation: One prunes what has been trained.
      pt-br:
        stem: Em que ordem?
        options:
          trained: {text: Treinar, explanation: "Primeiro."}
          masked: {text: Remover, explanation: "Depois."}
          tuned: {text: Treinar de novo, explanation: "Por fim."}
        explanation: Poda-se o que foi treinado.
  - id: name-of-sharing
    type: short_answer
    level: recall
    source: "Han et al. 2016, section 3"
    objective: {en: Name the technique., pt-br: Dizer o nome da técnica.}
    convention: {en: none, pt-br: nenhuma}
    answers:
      - {id: sharing}
      - {id: clusters, fraction: 0.5}
    slips: [coding]
    text_rules: {typos: 1}
    texts:
      en:
        stem: Which technique stores many weights as one value?
        answers:
          sharing: [weight sharing, sharing]
          clusters: [clustering]
          coding: [Huffman coding, entropy coding]
        slips:
          coding: That shortens codes; every weight keeps its value.
          clusters: That finds the values; the technique has another name.
        explanation: A codebook holds the values.
      pt-br:
        stem: Que técnica guarda muitos pesos como um só valor?
        answers:
          sharing: [compartilhamento de pesos, compartilhamento]
          clusters: [agrupamento]
          coding: [codificação de Huffman]
        slips:
          coding: Isso encurta os códigos; cada peso mantém seu valor.
          clusters: Isso encontra os valores; a técnica tem outro nome.
        explanation: Um dicionário de códigos guarda os valores.
  - id: order-of-compression
    type: gaps
    level: recall
    source: "Han et al. 2016, section 2"
    objective: {en: Fill in the stages., pt-br: Completar as etapas.}
    convention: {en: none, pt-br: nenhuma}
    gaps:
      - {id: stage, kind: text}
      - {id: bits, kind: number, key: 4, unit: bit}
      - {id: place, kind: choice, choices: [first, last], key: last}
    texts:
      en:
        stem: First comes [[gap.stage]]; 16 codewords take [[gap.bits]]; coding comes [[gap.place]].
        gaps:
          stage: {answers: [pruning], explanation: It removes weights.}
          bits: {explanation: Two to the fourth are 16.}
          place: {choices: {first: first, last: last}, explanation: It codes what the others leave.}
        explanation: The stages go from weights to codes.
      pt-br:
        stem: Primeiro vem a [[gap.stage]]; 16 palavras ocupam [[gap.bits]]; a codificação vem [[gap.place]].
        gaps:
          stage: {answers: [poda], explanation: Ela remove pesos.}
          bits: {explanation: Dois à quarta são 16.}
          place: {choices: {first: primeiro, last: por último}, explanation: Ela codifica o que as outras deixam.}
        explanation: As etapas vão dos pesos aos códigos.
  - id: levels-of-bits
    type: code_reading
    level: apply
    source: "Jacob et al. 2018, section 2"
    objective: {en: Read a loop., pt-br: Ler um laço.}
    convention: {en: none, pt-br: nenhuma}
    program:
      code: |
        for bits in (2, 3):
            print(2**bits)
      output: |
        4
        8
    texts:
      en: {stem: What is printed?, explanation: Powers of two.}
      pt-br: {stem: O que é impresso?, explanation: Potências de dois.}
  - id: mark-the-largest-bar
    type: hotspot
    level: apply
    source: "Horowitz 2014"
    objective: {en: Read a bar., pt-br: Ler uma barra.}
    convention: {en: none, pt-br: nenhuma}
    images:
      energy: {kind: bars, log: true, names: [int8, fp32, DRAM], values: [0.2, 3.7, 640]}
    hotspot:
      picture: energy
      regions:
        - {id: dram, bar: 3, correct: true}
        - {id: float32, bar: 2}
    hints:
      - {id: where, cost: 0.5}
    texts:
      en:
        stem: Mark the operation that costs most.
        images: {energy: {alt: "Energy of three operations on a logarithmic axis.", x: energy (pJ)}}
        regions: {dram: "Memory costs most.", float32: "Not this one."}
        hints: {where: "It leaves the chip."}
        explanation: Access to memory outside the chip.
      pt-br:
        stem: Marque a operação que mais custa.
        images: {energy: {alt: "Energia de três operações em eixo logarítmico.", x: energia (pJ)}}
        regions: {dram: "A memória custa mais.", float32: "Esta não."}
        hints: {where: "Ela sai do chip."}
        explanation: O acesso à memória fora do chip.
"""
