from . import consent, holdings, registry
