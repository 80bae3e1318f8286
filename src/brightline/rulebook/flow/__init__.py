"""An SOP as a chart of questions that lead to its clauses: the graph, without words or drawing."""

from brightline.rulebook.flow.chart import Chart, Edge, Question
from brightline.rulebook.flow.making import chart_of

__all__ = ["Chart", "Edge", "Question", "chart_of"]
