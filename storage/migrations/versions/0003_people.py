"""People: searchable registry, moves, programmes, outside diagnoses, imports, second factor, audit of values."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


SEARCHED = {
    'organisations': ('name', 'short_name'),
    'positions': ('title',),
    'subjects': ('title',),
    'associations': ('name',),
    'teachers': ('surname', 'given_name', 'patronymic'),
}
"""Table → columns whose words are searched for, as they were when this revision was written."""


def _fill_search(table: str, fields: tuple[str, ...]) -> None:
    rows = sa.table(table, sa.column('id'), sa.column('search'), *(sa.column(field) for field in fields))
    for identity, *parts in op.get_bind().execute(sa.select(rows.c.id, *(rows.c[field] for field in fields))).all():
        words = ' '.join(part for part in parts if part).split()
        search = ' '.join(words).casefold().replace('ё', 'е')[:450]
        op.get_bind().execute(rows.update().where(rows.c.id == identity).values(search=search))


def upgrade() -> None:
    op.create_table('import_memory',
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('layout', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_import_memory_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('municipality_id', 'kind', name=op.f('pk_import_memory'))
    )
    op.create_table('programmes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('provider', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('form', sa.String(length=20), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('federal_register', sa.Boolean(), nullable=False),
    sa.Column('ict', sa.Boolean(), nullable=False),
    sa.Column('management_team', sa.Boolean(), nullable=False),
    sa.Column('search', sa.String(length=450), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_programmes_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programmes'))
    )
    with op.batch_alter_table('programmes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programmes_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('diagnoses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['teacher_id'], ['teachers.id'], name=op.f('fk_diagnoses_teacher_id_teachers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_diagnoses')),
    sa.UniqueConstraint('teacher_id', 'source', 'taken_on', name=op.f('uq_diagnoses_teacher_id_source_taken_on'))
    )
    op.create_table('teacher_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=False),
    sa.Column('from_organisation_id', sa.Integer(), nullable=False),
    sa.Column('to_organisation_id', sa.Integer(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['from_organisation_id'], ['organisations.id'], name=op.f('fk_teacher_moves_from_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['teacher_id'], ['teachers.id'], name=op.f('fk_teacher_moves_teacher_id_teachers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_organisation_id'], ['organisations.id'], name=op.f('fk_teacher_moves_to_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teacher_moves'))
    )
    with op.batch_alter_table('teacher_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teacher_moves_teacher_id'), ['teacher_id'], unique=False)

    op.create_table('distinct_people',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['first_id'], ['teachers.id'], name=op.f('fk_distinct_people_first_id_teachers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['teachers.id'], name=op.f('fk_distinct_people_second_id_teachers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_distinct_people'))
    )
    with op.batch_alter_table('distinct_people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_distinct_people_second_id'), ['second_id'], unique=False)

    op.create_table('imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('stage_done', sa.Integer(), nullable=False),
    sa.Column('stage_whole', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('failure', sa.JSON(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by'], ['accounts.id'], name=op.f('fk_imports_created_by_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_imports_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imports_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('sign_in_checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_in_checks_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_checks')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_checks_token_hash'))
    )
    with op.batch_alter_table('sign_in_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_checks_account_id'), ['account_id'], unique=False)

    op.create_table('import_changes',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('table', sa.String(length=40), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('added', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['imports.id'], name=op.f('fk_import_changes_run_id_imports'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['teacher_id'], ['teachers.id'], name=op.f('fk_import_changes_teacher_id_teachers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'number', name=op.f('pk_import_changes'))
    )
    with op.batch_alter_table('import_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_changes_teacher_id'), ['teacher_id'], unique=False)

    op.create_table('import_rows',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sheet', sa.String(length=100), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['imports.id'], name=op.f('fk_import_rows_run_id_imports'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'number', name=op.f('pk_import_rows'))
    )
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.create_index('ix_import_rows_verdict', ['run_id', 'verdict', 'number'], unique=False)

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('second_factor', sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('urgent', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        'ix_deliveries_urgent', 'deliveries', ['id'],
        sqlite_where=sa.text('urgent = 1'), postgresql_where=sa.text('urgent'),
    )

    with op.batch_alter_table('associations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search', sa.String(length=450), nullable=False, server_default=''))

    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pseudonym', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('changes', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.drop_index(batch_op.f('ix_audit_municipality_id'))
        batch_op.create_index(batch_op.f('ix_audit_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_audit_place', ['municipality_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_subject'), ['subject'], unique=False)

    with op.batch_alter_table('awards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('expert_work', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default='2026-01-01 00:00:00+00:00'))
    op.execute('UPDATE invites SET created_at = expires_at')

    with op.batch_alter_table('mentor_bank', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search', sa.String(length=450), nullable=False, server_default=''))

    with op.batch_alter_table('positions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search', sa.String(length=450), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(length=20), nullable=False, server_default='admin'))

    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.add_column(sa.Column('search', sa.String(length=450), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('teachers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('total_first_year', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('attestation_planned_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('paper_consent_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('search', sa.String(length=450), nullable=False, server_default=''))
        batch_op.drop_index('ix_teachers_org_active')
        batch_op.create_index('ix_teachers_by_name', ['municipality_id', 'search', 'id', 'archived_at'], unique=False)
        batch_op.create_index(
            'ix_teachers_of_place',
            ['organisation_id', 'municipality_id', 'search', 'id', 'archived_at'],
            unique=False,
        )

    with op.batch_alter_table('training_records', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))

    # Browsers sign in once more: a key that counts cannot be added to the old table.
    op.drop_table('web_sessions')
    op.create_table('web_sessions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_web_sessions_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_sessions_token_hash'))
    )
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_sessions_account_id'), ['account_id'], unique=False)

    for table, fields in SEARCHED.items():
        _fill_search(table, fields)


def downgrade() -> None:
    op.drop_table('web_sessions')
    op.create_table('web_sessions',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_web_sessions_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_web_sessions'))
    )
    with op.batch_alter_table('web_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_sessions_account_id'), ['account_id'], unique=False)

    with op.batch_alter_table('training_records', schema=None) as batch_op:
        batch_op.drop_column('archived_at')

    with op.batch_alter_table('teachers', schema=None) as batch_op:
        batch_op.drop_index('ix_teachers_of_place')
        batch_op.drop_index('ix_teachers_by_name')
        batch_op.create_index('ix_teachers_org_active', ['organisation_id', 'archived_at'], unique=False)
        batch_op.drop_column('search')
        batch_op.drop_column('paper_consent_on')
        batch_op.drop_column('attestation_planned_on')
        batch_op.drop_column('total_first_year')

    with op.batch_alter_table('subjects', schema=None) as batch_op:
        batch_op.drop_column('archived_at')
        batch_op.drop_column('search')

    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.drop_column('purpose')

    with op.batch_alter_table('positions', schema=None) as batch_op:
        batch_op.drop_column('archived_at')
        batch_op.drop_column('search')

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('search')

    with op.batch_alter_table('mentor_bank', schema=None) as batch_op:
        batch_op.drop_column('archived_at')

    with op.batch_alter_table('invites', schema=None) as batch_op:
        batch_op.drop_column('created_at')

    with op.batch_alter_table('expert_work', schema=None) as batch_op:
        batch_op.drop_column('archived_at')

    with op.batch_alter_table('awards', schema=None) as batch_op:
        batch_op.drop_column('archived_at')

    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_subject'))
        batch_op.drop_index('ix_audit_place')
        batch_op.drop_index(batch_op.f('ix_audit_account_id'))
        batch_op.create_index(batch_op.f('ix_audit_municipality_id'), ['municipality_id'], unique=False)
        batch_op.drop_column('changes')
        batch_op.drop_column('pseudonym')

    op.drop_index('ix_deliveries_urgent', 'deliveries')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_column('urgent')

    with op.batch_alter_table('associations', schema=None) as batch_op:
        batch_op.drop_column('search')

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_column('second_factor')

    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.drop_index('ix_import_rows_verdict')

    op.drop_table('import_rows')
    with op.batch_alter_table('import_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_changes_teacher_id'))

    op.drop_table('import_changes')
    with op.batch_alter_table('sign_in_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_checks_account_id'))

    op.drop_table('sign_in_checks')
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_imports_municipality_id'))

    op.drop_table('imports')
    with op.batch_alter_table('distinct_people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_distinct_people_second_id'))

    op.drop_table('distinct_people')
    with op.batch_alter_table('teacher_moves', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teacher_moves_teacher_id'))

    op.drop_table('teacher_moves')
    op.drop_table('diagnoses')
    with op.batch_alter_table('programmes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programmes_municipality_id'))

    op.drop_table('programmes')
    op.drop_table('import_memory')
