"""A report as one HTML page that needs nothing else: pictures inside, curves as SVG, no script.

Its style is `resources/report.css`, for light and for dark.
"""

from base64 import b64encode
from html import escape
from itertools import pairwise

from skn_annotator.annotation.stamp import Stamp
from skn_annotator.counts import counted
from skn_annotator.evaluation.report import Curve, MaskedPicture, Report
from skn_annotator.resources import resource

_WIDTH, _HEIGHT = 1000, 120
"""Of a curve, in units of its SVG."""


def report_page(report: Report, stamp: Stamp) -> bytes:
    """The page, UTF-8; it bears `stamp`, so that a later run knows it for its own. Frames count from 1."""
    height, width = report.size
    references = ", ".join(str(t + 1) for t in sorted(report.references)[:12])
    more = ", ..." if len(report.references) > 12 else ""
    name = escape(report.name)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}: report of a pass</title>
<style>
{resource("report.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<h1>{name}</h1>
<p>{counted(report.length, "frame")} of {width} x {height}; {counted(len(report.curves), "object")}; \
reference frames: \
{references or "none"}{more}</p>
<h2>Objects</h2>
<p>How sure the network is of each object, frame by frame, from 0 (below) to 1: a hint, no proof. \
Dashed lines are reference frames, rings the frames to look at.</p>
{"".join(_object(curve, report) for curve in report.curves)}
<h2>Contact sheet</h2>
<div class="pictures">{"".join(_figure(each, report) for each in report.sheet)}</div>
</body>
</html>
<!-- """
    before = page.encode(errors="backslashreplace")
    return before + f"{stamp.line(before).replace('>', '_')} -->\n".encode()


def _object(curve: Curve, report: Report) -> str:
    color = f"rgb{curve.object.color}"
    title = f'<h3><span style="background:{color}"></span>{escape(curve.object.name)}</h3>'
    if curve.mean is None:
        return f'<section class="object">{title}<p>No pass carried it anywhere.</p></section>'
    least = min(curve.confidence.values())
    figures = (
        f"<p>Confidence: mean {curve.mean:.2f}, least {least:.2f}, "
        f"over {counted(len(curve.confidence), 'frame')}</p>"
    )
    look = "".join(_figure(each, report) for each in curve.worst)
    return (
        f'<section class="object">{title}{figures}{_svg(curve, report, color)}'
        f'<div class="axis"><span>1</span><span>frame</span><span>{report.length}</span></div>'
        f'<div class="pictures">{look}</div></section>'
    )


def _svg(curve: Curve, report: Report, color: str) -> str:
    """The curve, from 0 below to 1 above; it is broken where no pass came."""
    last = max(1, report.length - 1)

    def x(t: int) -> str:
        return f"{t * _WIDTH / last:.1f}"

    def y(sure: float) -> str:
        return f"{(1 - sure) * _HEIGHT:.1f}"

    grid = "".join(f'<line x1="0" x2="{_WIDTH}" y1="{y(v)}" y2="{y(v)}"/>' for v in (0.0, 0.5, 1.0))
    marks = "".join(
        f'<line class="reference" x1="{x(t)}" x2="{x(t)}" y1="0" y2="{_HEIGHT}"/>'
        for t in sorted(report.references)
    )
    lines = "".join(
        f'<polyline stroke="{color}" points="{" ".join(f"{x(t)},{y(curve.confidence[t])}" for t in part)}"/>'
        for part in _runs(curve)
    )
    rings = "".join(
        f'<circle cx="{x(each.t)}" cy="{y(curve.confidence[each.t])}" r="5">'
        f"<title>frame {each.t + 1}: {curve.confidence[each.t]:.2f}</title></circle>"
        for each in curve.worst
    )
    described = f"Confidence of {escape(curve.object.name, quote=True)} over the frames"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{described}">'
        f"{grid}{marks}{lines}{rings}</svg>"
    )


def _runs(curve: Curve) -> list[list[int]]:
    """The frames of the curve in parts without a gap wider than the usual distance of two of them."""
    frames = sorted(curve.confidence)
    gaps = [b - a for a, b in pairwise(frames)]
    step = max(2, min(gaps, default=1))  # a reference frame lies between two that a pass reached
    runs = [frames[:1]]
    for t, gap in zip(frames[1:], gaps, strict=True):
        runs.append([t]) if gap > step else runs[-1].append(t)
    return runs


def _figure(picture: MaskedPicture, report: Report) -> str:
    sure = "" if picture.confidence is None else f" · {picture.confidence:.2f}"
    mark = " · reference" if picture.t in report.references else ""
    source = b64encode(picture.jpeg).decode()
    caption = f"frame {picture.t + 1}{sure}{mark}"
    return (
        f'<figure><img src="data:image/jpeg;base64,{source}" alt="Frame {picture.t + 1} with its masks">'
        f"<figcaption>{caption}</figcaption></figure>"
    )
