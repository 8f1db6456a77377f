from . import consent, holdings, registry, retention, suppression
