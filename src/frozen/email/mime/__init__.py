"""Messages of the common types."""
