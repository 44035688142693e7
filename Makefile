# Forwards to dev.py. Arguments: make test ARGS="-k claim"
.PHONY: setup demo test lint bench gen build
setup demo test lint bench gen build:
	@python3 dev.py $@ $(ARGS)
