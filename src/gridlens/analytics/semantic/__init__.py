"""What people mean by the names of a source: their words, how figures add up, what was agreed."""

# Terms are written in parts of plans and questions are read with terms: whichever is imported first,
# the language of plans is loaded before either goes on.
from gridlens.analytics.ask import plan as plan
