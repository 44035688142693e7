# Forwards to dev.py. Arguments: make test ARGS="-k claim"
.PHONY: setup demo test lint bench
setup demo test lint bench:
	@python3 dev.py $@ $(ARGS)
