// Somebody's photo: one's own, or another person's for who may edit that.
import { useFace } from '../../lib/faces';
import { keys } from '../../lib/keys';
import { t } from '../../lib/text';
import type { User } from '../../lib/wire';
import { PictureField } from '../../ui/picture-field';
import { removePhoto, setPhoto } from './queries';

export function Photo({ person }: { person: User }) {
  const has = useFace(person._id) !== undefined;
  return <PictureField name={t('photo.title')} accept="image/png,image/jpeg,image/gif,image/webp" has={has} renews={[keys.faces]} save={(file) => setPhoto(person, file)} remove={() => removePhoto(person)} />;
}
