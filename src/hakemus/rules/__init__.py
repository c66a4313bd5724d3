"""What a call demands of a draft, computed: facts, rule kinds, ways out. No I/O."""
