"""Word: forms as documents that an office goes on editing."""
