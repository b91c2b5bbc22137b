"""A matrix replaced by the product of two thin ones."""
