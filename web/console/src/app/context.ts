import { createContext, useContext } from 'react';
import type { Services } from './services';

const Context = createContext<Services | undefined>(undefined);
export const ServicesProvider = Context.Provider;

/** The services of this page. */
export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error('no services above');
  return services;
}
