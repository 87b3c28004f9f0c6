// The English texts of pages that load later: what such a page shows first imports this.
import { learn } from './text';
import english from './texts/pages.en.json';

learn(english);
