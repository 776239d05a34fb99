"""A chart in greys, for print without colour: every colour becomes the grey that is as light as it.

In: a `Chart` in colour. Out: the same chart, its colours replaced. The colours of the charts were chosen so that
neighbours differ in lightness; marks and hatching tell them apart, too.
"""

from __future__ import annotations

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba_array
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text

from reform_figures.plotting.look import Chart

LIGHT = np.array([0.2126, 0.7152, 0.0722])
"""How much red, green and blue add to the light of a colour (sRGB, ITU-R BT.709)."""


def turn_grey(chart: Chart) -> Chart:
    """Replace all colours of a chart by greys; what is transparent stays so."""
    artists = chart.findobj()
    artists += [note.arrow_patch for note in artists if isinstance(note, Annotation) and note.arrow_patch]
    for artist in artists:
        if isinstance(artist, Collection | Patch):
            artist.set(facecolor=_greys(artist.get_facecolor()), edgecolor=_greys(artist.get_edgecolor()))
        elif isinstance(artist, Line2D):
            artist.set(color=_greys(artist.get_color())[0], markerfacecolor=_greys(artist.get_markerfacecolor())[0],
                       markeredgecolor=_greys(artist.get_markeredgecolor())[0])  # fmt: skip
        elif isinstance(artist, Text):
            artist.set_color(_greys(artist.get_color())[0])
    return chart


def _greys(colours) -> np.ndarray:
    """Colours as greys of the same relative luminance, each a row of red, green, blue and alpha."""
    rgba = to_rgba_array(colours)
    linear = np.where(rgba[:, :3] <= 0.04045, rgba[:, :3] / 12.92, ((rgba[:, :3] + 0.055) / 1.055) ** 2.4)
    light = linear @ LIGHT
    grey = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.column_stack([grey, grey, grey, rgba[:, 3]])
