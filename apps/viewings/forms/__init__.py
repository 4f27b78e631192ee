"""Forms of viewings."""
