"""What every worker needs, loaded by being imported: the fork server does so once, and its processes share it.

In: nothing. Out: modules and vocabulary in memory. "Từ vựng" (vocabulary): a tenth of a second and 30 MB.
"""

import gc

import reform_figures.bulk.shards  # noqa: F401 - with all that it imports
from reform_figures.bulk.relevance import load_cues
from reform_figures.extracting.lexicon import load_lexicon

load_lexicon()
load_cues()
gc.freeze()  # so that no collection writes to the pages that the processes share
