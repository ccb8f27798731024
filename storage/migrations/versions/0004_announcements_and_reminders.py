"""Announcements with their audiences and presses, what people mute, reminders and their rules."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('mime', sa.String(length=100), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments'))
    )
    op.create_table('reminder_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('whom', sa.String(length=20), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('before_days', sa.JSON(), nullable=False),
    sa.Column('before_hours', sa.JSON(), nullable=False),
    sa.Column('at', sa.String(length=5), nullable=False),
    sa.Column('repeat_days', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_reminder_rules_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_rules')),
    sa.UniqueConstraint('municipality_id', 'kind', 'whom', name=op.f('uq_reminder_rules_municipality_id_kind_whom'))
    )
    op.create_table('announcements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('acknowledge', sa.Boolean(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('send_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('at_once', sa.Boolean(), nullable=False),
    sa.Column('repeat', sa.JSON(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('occurrence', sa.String(length=20), nullable=True),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('muted', sa.Integer(), nullable=False),
    sa.Column('told', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachments.id'], name=op.f('fk_announcements_attachment_id_attachments')),
    sa.ForeignKeyConstraint(['created_by'], ['accounts.id'], name=op.f('fk_announcements_created_by_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_announcements_event_id_events'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_announcements_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['series_id'], ['announcements.id'], name=op.f('fk_announcements_series_id_announcements'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements')),
    sa.UniqueConstraint('series_id', 'occurrence', name=op.f('uq_announcements_series_id_occurrence'))
    )
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcements_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcements_created_by'), ['created_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcements_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcements_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcements_state'), ['state'], unique=False)

    op.create_table('mutes',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_mutes_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'category', name=op.f('pk_mutes')),
    sqlite_with_rowid=False
    )
    op.create_table('saved_audiences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['accounts.id'], name=op.f('fk_saved_audiences_created_by_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_saved_audiences_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_audiences'))
    )
    with op.batch_alter_table('saved_audiences', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_audiences_created_by'), ['created_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_audiences_municipality_id'), ['municipality_id'], unique=False)

    op.create_table('announcement_presses',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('button', sa.String(length=20), nullable=False),
    sa.Column('pressed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_announcement_presses_account_id_accounts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_presses_announcement_id_announcements'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('announcement_id', 'account_id', 'button', name=op.f('pk_announcement_presses')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('announcement_presses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_presses_account_id'), ['account_id'], unique=False)

    op.create_table('reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('useful_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('delivery_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_reminders_account_id_accounts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_reminders_delivery_id_deliveries'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_reminders_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['rule_id'], ['reminder_rules.id'], name=op.f('fk_reminders_rule_id_reminder_rules'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('kind', 'subject', 'account_id', 'slot', name=op.f('uq_reminders_kind_subject_account_id_slot'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminders_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminders_delivery_id'), ['delivery_id'], unique=False)
        batch_op.create_index('ix_reminders_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('ix_reminders_place', ['municipality_id', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminders_rule_id'), ['rule_id'], unique=False)

    with op.batch_alter_table('chats', schema=None) as batch_op:
        batch_op.add_column(sa.Column('announcement_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('awaits', sa.String(length=40), nullable=False, server_default=''))
        batch_op.create_foreign_key(batch_op.f('fk_chats_announcement_id_announcements'), 'announcements', ['announcement_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('doubtful', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='0'))
    _index_urgent('state', 'not_before', 'id')



def downgrade() -> None:
    _index_urgent('id')
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_column('revision')
        batch_op.drop_column('doubtful')

    with op.batch_alter_table('chats', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_chats_announcement_id_announcements'), type_='foreignkey')
        batch_op.drop_column('awaits')
        batch_op.drop_column('announcement_id')

    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminders_rule_id'))
        batch_op.drop_index('ix_reminders_place')
        batch_op.drop_index('ix_reminders_due')
        batch_op.drop_index(batch_op.f('ix_reminders_delivery_id'))
        batch_op.drop_index(batch_op.f('ix_reminders_account_id'))

    op.drop_table('reminders')
    with op.batch_alter_table('announcement_presses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_presses_account_id'))

    op.drop_table('announcement_presses')
    with op.batch_alter_table('saved_audiences', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_audiences_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_saved_audiences_created_by'))

    op.drop_table('saved_audiences')
    op.drop_table('mutes')
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcements_state'))
        batch_op.drop_index(batch_op.f('ix_announcements_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_announcements_event_id'))
        batch_op.drop_index(batch_op.f('ix_announcements_created_by'))
        batch_op.drop_index(batch_op.f('ix_announcements_attachment_id'))

    op.drop_table('announcements')
    op.drop_table('reminder_rules')
    op.drop_table('attachments')


def _index_urgent(*columns: str) -> None:
    """A claim looks for the few that are due, not for all that ever were urgent."""
    op.drop_index('ix_deliveries_urgent', 'deliveries')
    op.create_index(
        'ix_deliveries_urgent', 'deliveries', list(columns),
        sqlite_where=sa.text('urgent = 1'), postgresql_where=sa.text('urgent'),
    )
