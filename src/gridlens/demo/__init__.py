"""The demo: real energy data, dashboards and questions, installed through the modules' own doors."""
