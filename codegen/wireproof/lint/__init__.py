"""Design and conformance rules over source nodes."""
