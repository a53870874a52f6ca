"""What params/ may say: the framework, the indicators, the units and the cycle, checked before anything runs."""
