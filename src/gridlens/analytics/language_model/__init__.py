"""A language model that helps where the embedded engine is not sure: off until an administrator sets one."""
