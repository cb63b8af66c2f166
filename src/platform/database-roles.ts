import { type Database, withConnection } from './database';

/** What may be done with a table; to lock its rows takes the right to change one column. */
export type Privilege = 'select' | 'insert' | 'update' | 'delete' | `update (${string})`;

/** A role of the database, and all it may do there: tables that are not named are closed to it. */
export interface DatabaseRole {
  name: string;
  grants: Record<string, readonly Privilege[]>;
}

const lockKey = 7_264_002;

/**
 * Makes the roles where they are missing, and gives each just what it is granted. Done at each start, after the migrations. False where the account we sign in
 * with may not make them, and nobody has made them for it.
 */
export async function grantRoles(db: Database, roles: readonly DatabaseRole[]): Promise<boolean> {
  return withConnection(db, async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [lockKey]);
    try {
      for (const { name } of roles) {
        if (await mayBecome(name)) continue;
        try {
          await connection.query(makeRole(name));
        } catch (error) {
          if ((error as { code?: string }).code === insufficientPrivilege) return false;
          throw error;
        }
      }
      const { rows } = await connection.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public'`,
      );
      const tables = new Set(rows.map((row) => row.name));
      await connection.query(roles.flatMap((role) => grantsOf(role, tables)).join(';'));
      return true;
    } finally {
      await connection.query('select pg_advisory_unlock($1)', [lockKey]);
    }

    async function mayBecome(name: string): Promise<boolean> {
      const { rows } = await connection.query<{ may: boolean }>(
        `select pg_has_role(current_user, oid, 'member') as may from pg_roles where rolname = $1`,
        [name],
      );
      return rows[0]?.may ?? false;
    }
  });
}

const insufficientPrivilege = '42501';

/** Another database of the same server may be making it at this moment. */
function makeRole(name: string): string {
  return `do $$ begin
      create role ${name} nologin;
    exception when duplicate_object or unique_violation then null;
    end $$;
    grant ${name} to current_user`;
}

function grantsOf({ name, grants }: DatabaseRole, tables: ReadonlySet<string>): string[] {
  return [
    `revoke all on all tables in schema public from ${name}`,
    `grant usage on schema public to ${name}`,
    ...Object.entries(grants)
      .filter(([table, privileges]) => tables.has(table) && privileges.length > 0)
      .map(([table, privileges]) => `grant ${privileges.join(', ')} on public.${table} to ${name}`),
  ];
}
