"""The HTTP surface of data_sources, thin: parse, call a service, answer."""
