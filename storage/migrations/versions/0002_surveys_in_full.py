"""Surveys in full: own versions, what is answered about, reminders, events and pairs, texts of releases."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_events_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('event_participants',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_participants_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['teacher_id'], ['teachers.id'], name=op.f('fk_event_participants_teacher_id_teachers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'teacher_id', name=op.f('pk_event_participants'))
    )
    with op.batch_alter_table('event_participants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_participants_teacher_id'), ['teacher_id'], unique=False)

    op.create_table('mentoring_pairs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('mentor_id', sa.Integer(), nullable=False),
    sa.Column('mentee_id', sa.Integer(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['mentee_id'], ['teachers.id'], name=op.f('fk_mentoring_pairs_mentee_id_teachers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['teachers.id'], name=op.f('fk_mentoring_pairs_mentor_id_teachers'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_mentoring_pairs_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_pairs')),
    sa.UniqueConstraint('mentor_id', 'mentee_id', 'started_on', name=op.f('uq_mentoring_pairs_mentor_id_mentee_id_started_on'))
    )
    with op.batch_alter_table('mentoring_pairs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentoring_pairs_mentee_id'), ['mentee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentoring_pairs_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentoring_pairs_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('survey_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('definition', sa.Text(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('notices', sa.JSON(), nullable=False),
    sa.Column('uploaded_by', sa.Integer(), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_survey_drafts_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['accounts.id'], name=op.f('fk_survey_drafts_uploaded_by_accounts'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_drafts'))
    )
    with op.batch_alter_table('survey_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_drafts_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('campaign_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_campaign_reminders_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_reminders')),
    sa.UniqueConstraint('campaign_id', 'due_at', name=op.f('uq_campaign_reminders_campaign_id_due_at'))
    )
    with op.batch_alter_table('campaign_reminders', schema=None) as batch_op:
        batch_op.create_index('ix_campaign_reminders_due', ['state', 'due_at'], unique=False)

    op.create_table('release_texts',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_release_texts_campaign_id_campaigns'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_texts')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('release_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_texts_campaign_id'), ['campaign_id'], unique=False)

    _add_subject('participations')
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('organisation_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_participations_organisation_id_organisations'), 'organisations', ['organisation_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('pk_participations'), type_='primary')
        batch_op.create_primary_key(batch_op.f('pk_participations'), ['campaign_id', 'teacher_id', 'subject'])

    _resize_measure(200)

    last = _last_response()
    _add_subject('responses')
    with op.batch_alter_table('responses', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_responses_campaign_id_teacher_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_responses_campaign_id_teacher_id_subject'), ['campaign_id', 'teacher_id', 'subject'])
    _go_on_after(last)

    with op.batch_alter_table('survey_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('municipality_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_survey_versions_survey_id_version'), type_='unique')
        batch_op.create_index(batch_op.f('ix_survey_versions_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_survey_versions_survey_id_municipality_id_version'), ['survey_id', 'municipality_id', 'version'])
        batch_op.create_foreign_key(batch_op.f('fk_survey_versions_municipality_id_municipalities'), 'municipalities', ['municipality_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('survey_versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_survey_versions_municipality_id_municipalities'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_survey_versions_survey_id_municipality_id_version'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_survey_versions_municipality_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_survey_versions_survey_id_version'), ['survey_id', 'version'])
        batch_op.drop_column('municipality_id')

    last = _last_response()
    op.execute('DELETE FROM responses WHERE subject <> 0')
    with op.batch_alter_table('responses', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_responses_campaign_id_teacher_id_subject'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_responses_campaign_id_teacher_id'), ['campaign_id', 'teacher_id'])
        batch_op.drop_column('subject')
    _go_on_after(last)

    op.execute('DELETE FROM release_cells WHERE length(measure) > 60')
    _resize_measure(60)

    op.execute('DELETE FROM participations WHERE subject <> 0')
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_participations_organisation_id_organisations'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('pk_participations'), type_='primary')
        batch_op.create_primary_key(batch_op.f('pk_participations'), ['campaign_id', 'teacher_id'])
        batch_op.drop_column('organisation_id')
        batch_op.drop_column('subject')

    with op.batch_alter_table('release_texts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_texts_campaign_id'))

    op.drop_table('release_texts')
    with op.batch_alter_table('campaign_reminders', schema=None) as batch_op:
        batch_op.drop_index('ix_campaign_reminders_due')

    op.drop_table('campaign_reminders')
    with op.batch_alter_table('survey_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_drafts_municipality_id'))

    op.drop_table('survey_drafts')
    with op.batch_alter_table('mentoring_pairs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentoring_pairs_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_mentoring_pairs_mentor_id'))
        batch_op.drop_index(batch_op.f('ix_mentoring_pairs_mentee_id'))

    op.drop_table('mentoring_pairs')
    with op.batch_alter_table('event_participants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_participants_teacher_id'))

    op.drop_table('event_participants')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_events_municipality_id'))

    op.drop_table('events')


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _add_subject(table: str) -> None:
    """What is there was answered about oneself: 0. The default goes again, for the model has none."""
    kwargs = {'sqlite_autoincrement': True} if table == 'responses' else {}
    with op.batch_alter_table(table, schema=None, table_kwargs=kwargs) as batch_op:
        batch_op.add_column(sa.Column('subject', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table(table, schema=None, table_kwargs=kwargs) as batch_op:
        batch_op.alter_column('subject', server_default=None)


def _resize_measure(length: int) -> None:
    """SQLite rebuilds the table, and does not find by itself that it is without rowid."""
    with op.batch_alter_table('release_cells', schema=None, table_kwargs={'sqlite_with_rowid': False}) as batch_op:
        batch_op.alter_column('measure', type_=sa.String(length=length), existing_nullable=False)


def _last_response() -> int | None:
    """The highest id ever given, of erased responses too: no old keyboard may fit a new one."""
    if not _on_sqlite():
        return None
    last: int | None = op.get_bind().scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'responses'"))
    return last


def _go_on_after(last: int | None) -> None:
    if last is None:
        return
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'responses'"))
    connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('responses', :last)"), {'last': last})
