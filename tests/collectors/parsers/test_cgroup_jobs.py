import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.parsers.cgroup_jobs import job_of, jobs

UID = "0b0c2a6e-3d1f-4a51-9a52-4a9e0e0d5b11"
UNDERLINED = UID.replace("-", "_")


@pytest.mark.parametrize(
    ("path", "job"),
    [
        ("/slurm/uid_1000/job_1234/step_0/task_0", "slurm:1234"),
        ("/system.slice/slurmstepd.scope/job_77/step_batch/user/task_0", "slurm:77"),
        ("/slurm_node1/uid_0/job_9", "slurm:9"),
        (f"/kubepods/burstable/pod{UID}/4f0c", f"pod:{UID}"),
        (
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
            + UID.replace("-", "_")
            + ".slice/cri-containerd-1.scope",
            f"pod:{UID}",
        ),
        ("/kubepods.slice/kubepods-pod" + UID.replace("-", "_") + ".slice", f"pod:{UID}"),
        (f"/kubepods/besteffort/pod{'ab' * 16}/x", f"pod:{'ab' * 16}"),  # a static pod
        # several slurmd on one node, a cluster in containers, a job's external step (Slurm 22.05 and later)
        ("/system.slice/node7_slurmstepd.scope/job_4711/step_extern/user/task_special", "slurm:4711"),
        ("/docker/8d0f/system.slice/slurmstepd.scope/job_12/step_0/slurm", "slurm:12"),
        ("/slurm_gpu01/uid_5001/job_880012/step_batch/task_0", "slurm:880012"),
        # CRI-O and Docker as runtimes; a node in a container (kind); containerd with the two drivers mixed up; k3s
        (
            f"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UNDERLINED}.slice/crio-{'4f' * 32}.scope",
            f"pod:{UID}",
        ),
        (f"/kubepods.slice/kubepods-pod{UNDERLINED}.slice/docker-{'4f' * 32}.scope", f"pod:{UID}"),
        (
            "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/"
            f"kubelet-kubepods-burstable-pod{UNDERLINED}.slice/cri-containerd-{'4f' * 32}.scope",
            f"pod:{UID}",
        ),
        (f"/docker/{'8d' * 32}/kubelet/kubepods/burstable/pod{UID}/{'4f' * 32}", f"pod:{UID}"),
        (f"/system.slice/containerd.service/kubepods-burstable-pod{UNDERLINED}.slice:cri-containerd:{'4f' * 32}", f"pod:{UID}"),
        ("/.." * 2 + f"/kubepods/pod{UID}/{'4f' * 32}", f"pod:{UID}"),  # seen from within another namespace
        (f"/system.slice/k3s.service/kubepods/burstable/pod{UID}/{'4f' * 32}", f"pod:{UID}"),
        # a Slurm node that runs as a pod: who is asked for the job is Slurm
        (f"/kubepods/burstable/pod{UID}/{'4f' * 32}/slurm/uid_0/job_31/step_0", "slurm:31"),
        ("/system.slice/docker-4f4f.scope", ""),
        ("/machine.slice/libpod-4f4f.scope/container", ""),
        ("/user.slice/user-1000.slice/user@1000.service/app.slice/podman-1.scope", ""),
        ("/kubepods.slice/kubepods-burstable.slice", ""),
        ("/user.slice/user-1000.slice/session-3.scope", ""),
        ("/system.slice/podman.service", ""),
        ("/job_x/step_1", ""),
    ],
)
def test_a_control_group_tells_the_job(path, job):
    assert job_of(path) == job


def test_each_process_has_its_own_and_other_lines_tell_nothing():
    text = "/proc/12/cgroup:0::/a/job_5/step_0\n/proc/13/cgroup:4:devices:/slurm/uid_1/job_6/step_0\n/proc/14/cgroup:0::/x\nend\n"
    assert jobs(text) == {12: "slurm:5", 13: "slurm:6"}


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["/proc/", "1", "/cgroup:", "0::", "/job_1", "/pod", UID, "\n"])).map("".join))
)
def test_any_text_gives_jobs_by_process(text):
    assert all(isinstance(pid, int) and job.partition(":")[0] in ("slurm", "pod") for pid, job in jobs(text).items())
