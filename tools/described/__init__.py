"""The pages of docs/reference, made of the code: a module a page, each with `page_text() -> str`. `tools/reference.py` writes them."""
