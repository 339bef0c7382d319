"""The policies that messages have of their own accord; see `email.policy`."""
from email.policy import Compat32, Policy, compat32

__all__ = ["Policy", "Compat32", "compat32"]
