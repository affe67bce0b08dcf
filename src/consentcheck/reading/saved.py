from consentcheck.model.evidence import *
def read_saved(path):
    return Evidence(target=str(path), kind='page', visits=(Visit(scenario='first-visit', snapshots=(Snapshot(id='0-page', moment='page', documents=(Document(url='', html=path.read_text()),)),)),))
