"""Who works with the program: roles and their scope, switching accounts off and on (SPEC §1, §14)."""
