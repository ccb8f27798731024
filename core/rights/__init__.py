"""Rights of the person (152-ФЗ): what is stored, withdrawal of the consent, erasure, and how long things are kept."""
