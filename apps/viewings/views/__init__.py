"""Pages of viewings."""
