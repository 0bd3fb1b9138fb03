"""The ways in: one slice each. A slice proves who somebody is; `entry` lets her in."""
