"""The compatibility gate: match, subsume, synthesise witnesses, judge."""
