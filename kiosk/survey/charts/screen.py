"""The charts of the survey: the scale of grades, the ranking of elements, parts of a bar, a line over months."""

from typing import Any

import reflex as rx

from kiosk.ui.words import two

svg: Any = rx.el.svg
DOT, DIAMOND, DOWN = 8, "M0-10l10 10-10 10-10-10z", "M0 0l-7-11h14z"


def said(indonesian: Any, english: Any, **props: Any) -> rx.Component:
    """A text inside a drawing, in both languages."""
    name: Any = props.pop("class_name", "")
    both = (("id", indonesian), ("en", english))
    return rx.fragment(*(svg.text(text, lang=language, class_name=["w", name], **props) for language, text in both))


def at(x: Any, y: Any, *drawn: rx.Component, **props: Any) -> rx.Component:
    """Something drawn around a place that is told in percent."""
    return svg(*drawn, custom_attrs={"x": x, "y": y, "overflow": "visible"}, **props)


def scale(marks: Any, place: Any) -> rx.Component:
    """The bar from 25 to 100 with its grades, and where the index stands on it."""

    def band(one: Any) -> rx.Component:
        bar = svg.rect(x=one.x, width=one.width, y=20, height=22, class_name="band-" + one.grade)
        edge = said(one.edge, one.edge_en, x=one.x, y=60, class_name=rx.cond(one.x == "0%", "edge first", "edge"))
        return rx.fragment(bar, svg.text(one.grade, x=one.middle, y=36, class_name="grade on-" + one.grade), edge)

    marker = rx.cond(place != "", at(place, 19, svg.path(d=DOWN), class_name="marker"))
    end = svg.text("100", x="100%", y=60, class_name="edge last")
    return svg(rx.foreach(marks, band), end, marker, class_name="chart scale", height=66, width="100%", aria_hidden="true")


def bands(marks: Any) -> rx.Component:
    """The ground of a row: the grades side by side."""
    return rx.foreach(marks, lambda one: svg.rect(x=one.x, width=one.width, y="0", height="100%", class_name="band-" + one.grade))


def track(marks: Any, place: Any, weak: Any) -> rx.Component:
    """One element's row: a dot on the bands, a diamond for the three lowest; nothing where there is no place."""
    shape = rx.cond(weak, svg.path(d=DIAMOND, class_name="dot weak"), svg.circle(cx=0, cy=0, r=DOT, class_name="dot"))
    line = svg.line(x1="0", x2="100%", y1="50%", y2="50%", class_name="rule")
    return svg(bands(marks), line, rx.cond(place != "", at(place, "50%", shape)), class_name="chart track", aria_hidden="true")


def grades_above(marks: Any) -> rx.Component:
    """The letters above the bands."""
    letters = rx.foreach(marks, lambda one: svg.text(one.grade, x=one.middle, y=17, class_name="grade"))
    return svg(letters, class_name="chart letters", height=22, width="100%", aria_hidden="true")


def edges_below(marks: Any) -> rx.Component:
    """The numbers below the bands."""
    numbers = rx.foreach(marks, lambda one: said(one.edge, one.edge_en, x=one.x, y=15, class_name="edge"))
    end = said("4,00", "4.00", x="100%", y=15, class_name="edge last")
    return svg(numbers, end, class_name="chart letters", height=20, width="100%", aria_hidden="true")


def parts(of: Any) -> rx.Component:
    """Four answers in one bar, each with its number where it fits."""

    def part(one: Any) -> rx.Component:
        bar = svg.rect(x=one.x, width=one.width, y="0", height="100%", class_name="answer-" + one.score.to_string())
        number = svg.text(one.count, x=one.middle, y="50%", dy="0.35em", class_name="inside on-" + one.score.to_string())
        return rx.fragment(bar, rx.cond(one.inside, number))

    return svg(rx.foreach(of, part), class_name="chart bar", height=26, width="100%", aria_hidden="true")


def length(width: Any) -> rx.Component:
    """A bar as long as a share."""
    ground = svg.rect(x="0", y="0", width="100%", height="100%", class_name="ground")
    drawn = svg.rect(x="0", y="0", width=width, height="100%", class_name="length")
    return svg(ground, drawn, class_name="chart bar", height=12, width="100%", aria_hidden="true")


def months(marks: Any, line: Any, points: Any) -> rx.Component:
    """The index month by month; a month with too few answers has no point, and no line goes through it."""

    def band(one: Any) -> rx.Component:
        ground = svg.rect(x="0", width="100%", y=one.y, height=one.width, class_name="band-" + one.grade)
        return rx.fragment(ground, svg.text(one.grade, x="-1.4rem", y=one.y, dy="1.1em", class_name="grade left"))

    def stroke(one: Any) -> rx.Component:
        return svg.line(x1=one.x1, y1=one.y1, x2=one.x2, y2=one.y2, class_name="stroke")

    def point(one: Any) -> rx.Component:
        value = said(one.index, one.index_en, x=one.x, y=one.y, dy="-0.9em", class_name="value")
        return rx.cond(one.few, rx.fragment(), rx.fragment(svg.circle(cx=one.x, cy=one.y, r=6, class_name="dot"), value))

    def name(one: Any) -> rx.Component:
        return said(one.name, one.name_en, x=one.x, y=246, class_name="edge month")

    inner = (rx.foreach(marks, band), rx.foreach(line, stroke), rx.foreach(points, point))
    plot = svg(*inner, width="100%", height=200, custom_attrs={"x": "0", "y": "24", "overflow": "visible"})
    return svg(plot, rx.foreach(points, name), class_name="chart months", height=252, width="100%", aria_hidden="true")


def number_of(one: Any, name: str) -> rx.Component:
    """A number of a line in the language's own spelling."""
    return two(getattr(one, name), getattr(one, f"{name}_en"))
