# A thin list of names: what each does is in dev/ (`make help`).
PYTHON3 ?= python3

.PHONY: run test lint bench seed shell lock container help
run test lint bench seed shell lock container help:
	@exec $(PYTHON3) -m dev $@ $(ARGS)
.DEFAULT_GOAL := help
