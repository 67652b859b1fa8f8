"""`gridlens query`: SQL from the command line, by the same path as everybody's queries."""
