"""Trains small models on synthetic data and writes what the libraries themselves say: make_fixtures.py DIRECTORY KIND..."""

import importlib
import sys
import warnings

from synthetic import Fixtures

warnings.filterwarnings("ignore")
for kind in sys.argv[2:]:
    importlib.import_module(kind + "_models").make(Fixtures(sys.argv[1]))
