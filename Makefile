# A thin list of names; what each does is in dev/ (`make help`).
PYTHON3 ?= python3

.DEFAULT_GOAL := help
.PHONY: run test lint bench seed shell manage wordpress plugin lock container help
run test lint bench seed shell manage wordpress plugin lock container help:
	@exec $(PYTHON3) -m dev $@ $(ARGS)
