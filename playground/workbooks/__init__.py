"""Made-up workbooks as schools send them, with the truth beside each: for trying the import and for testing it."""

from playground.workbooks.layouts import Layout
from playground.workbooks.samples import Sample, sample

__all__ = ["Layout", "Sample", "sample"]
