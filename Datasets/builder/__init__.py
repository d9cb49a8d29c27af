"""Builds the datasets: one module per source, the rules that label it, rendering and the manifest."""
