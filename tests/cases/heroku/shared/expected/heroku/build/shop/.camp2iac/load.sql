-- Loads each SQL artifact of the plan into this database once, before the processes that use it start.
-- psql runs this at every release (see Procfile), so what has been loaded is remembered in a table.
-- All or nothing: if a statement fails, nothing stays behind, the release fails and the old one keeps serving.
begin;

-- A release that comes while another is loading waits here, then finds the work done.
select pg_advisory_xact_lock(hashtext('camp2iac_loaded')) as locked \gset

-- Not "create table if not exists", which writes a notice into the log at every release.
select to_regclass('public.camp2iac_loaded') is null as first_release \gset
\if :first_release
  create table public.camp2iac_loaded (
    artifact  text primary key,
    sha256    text not null,
    loaded_at timestamptz not null default now()
  );
\endif

-- artifact: tables (tables.sql)
\set sha256 fb1392022b81a61d209097d28d3ccc17a0de4619aa440f5f820859a94b208102
select count(*) = 0 as is_new, coalesce(bool_or(sha256 <> :'sha256'), false) as is_changed
  from public.camp2iac_loaded where artifact = 'tables' \gset
\if :is_new
  \echo 'tables: loading tables.sql'
  \ir load/tables.sql
  insert into public.camp2iac_loaded (artifact, sha256) values ('tables', :'sha256');
\elif :is_changed
  \warn 'tables: tables.sql has changed since it was loaded; it is not loaded again'
\endif

commit;
