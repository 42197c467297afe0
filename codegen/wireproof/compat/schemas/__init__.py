"""Changes of schemas: found by walking two graphs in step, judged by proof."""
