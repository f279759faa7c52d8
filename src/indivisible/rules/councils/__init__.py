"""How each body decides, listed by hand; each is one module of the shape that `rules.procedure.Council` describes."""
