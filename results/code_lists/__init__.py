"""Reading files of code lists: NLK, NCRP and Volven's, known by their content."""

from results.code_lists.problems import UnreadableList
from results.code_lists.reading import read

__all__ = ["UnreadableList", "read"]
