"""Web archives in bulk: WARC files → figures in Parquet, on one core, several, or many machines."""

from reform_figures.bulk.cluster import Cluster
from reform_figures.bulk.engines import Processes, Serial
from reform_figures.bulk.planning import BulkError
from reform_figures.bulk.running import Report, extract_archives

__all__ = ["BulkError", "Cluster", "Processes", "Report", "Serial", "extract_archives"]
