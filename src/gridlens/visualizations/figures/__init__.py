"""From rows to a figure: every kind of chart, in one house style."""
