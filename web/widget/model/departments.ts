import { choices, type State } from './state';

/** The departments a visitor may change to: other ones on offer, as far as the present one lets chats go there. */
export function changesOf({ config, room, person }: State) {
  const offered = choices(config);
  if (!config.settings.allowSwitchingDepartments || offered.length < 2) return [];
  const now = room ? room.departmentId : person.department;
  const allowed = room ? (config.departments.find(({ _id }) => _id === now)?.departmentsAllowedToForward ?? []) : [];
  return offered.filter(({ _id }) => _id !== now && (!allowed.length || allowed.includes(_id)));
}
