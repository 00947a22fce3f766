-- Loads each SQL artifact of the plan into this database once, before the processes that use it start.
-- psql runs this at every release (see Procfile). A table records what has been loaded.
-- One transaction: if a statement fails, nothing is loaded, the release fails and the previous release stays active.
begin;

-- If another release is loading, this one waits here and then has nothing to load.
select pg_advisory_xact_lock(hashtext('camp2iac_loaded')) as locked \gset

-- "create table if not exists" would write a notice into the log at every release.
select to_regclass('public.camp2iac_loaded') is null as first_release \gset
\if :first_release
  create table public.camp2iac_loaded (
    artifact  text primary key,
    sha256    text not null,
    loaded_at timestamptz not null default now()
  );
\endif

-- artifact: tables (db/ticket.sql)
\set sha256 f8248595212fda2bd40b8858b437249fd56850a7c5accc929a19413284b784e8
select count(*) = 0 as is_new, coalesce(bool_or(sha256 <> :'sha256'), false) as is_changed
  from public.camp2iac_loaded where artifact = 'tables' \gset
\if :is_new
  \echo 'tables: loading db/ticket.sql'
  \ir load/tables.sql
  insert into public.camp2iac_loaded (artifact, sha256) values ('tables', :'sha256');
\elif :is_changed
  \warn 'tables: db/ticket.sql has changed since it was loaded; it is not loaded again'
\endif

commit;
