"""平安台账 without a window: records, rules, storage, Excel, services and the command line."""

__version__ = "0.1.0"
