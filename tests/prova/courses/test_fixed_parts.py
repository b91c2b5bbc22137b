import pytest
from django.template import Context, Node, NodeList, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import SafeString
from prova.courses.fixed import Fixed


def written(template: str, **values: str) -> str:
    return Template("{% load i18n prova %}" + template).render(Context(values))


def test_a_fixed_part_speaks_the_language_of_the_page():
    part = Template(
        "{% load i18n prova %}{% fixed %}{% translate 'Question' %} {% icon 'flag' %}{% endfixed %}"
    )
    assert part.render(Context()).startswith("Question <svg")
    with translation.override("pt-br"):
        assert part.render(Context()).startswith("Questão <svg")
    assert part.render(Context()).startswith("Question <svg")


class Counting(Node):
    times = 0

    def render(self, context: Context) -> SafeString:
        self.times += 1
        return SafeString("written")


def test_a_fixed_part_is_written_once():
    inside = Counting()
    part = Fixed(NodeList([inside]))
    assert [part.render(Context()) for _ in range(3)] == ["written"] * 3
    assert inside.times == 1


@pytest.mark.parametrize("inside", ["{{ name }}", "{% if 1 %}{{ name|lower }}{% endif %}"])
def test_a_fixed_part_with_a_variable_is_refused(inside):
    with pytest.raises(TemplateSyntaxError, match="name"):
        written("{% fixed %}" + inside + "{% endfixed %}", name="Lin")


def test_nothing_of_a_person_reaches_what_others_are_shown():
    assert written("{% fixed %}{% if name %}Lin{% endif %}{% firstof name %}{% endfixed %}", name="Lin") == ""
