def read_cmp(e): return None
def read_configuration(e, d): return (), ()
