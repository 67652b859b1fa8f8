"""The words modules exchange: events, requests, value types. Data only, no behaviour."""
