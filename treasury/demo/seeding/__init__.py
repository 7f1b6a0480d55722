"""How the company gets into the book: in the order of its two years, through the domain functions, at past
times.

Owns: the timeline of steps, its progress, the demo's people. Does not own: any figure
(treasury.demo.company) or rule.
"""
